package io.nelumbo.bench.peers.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AeronAddressesTest {

    private final AeronAddresses addresses =
            new AeronAddresses(List.of(11, 12, 13, 14, 21, 22, 23, 24));

    @Test
    void shouldWriteMembersAsAeronReadsThem() {
        assertThat(addresses.clusterMembers())
                .isEqualTo(
                        "0,localhost:11,localhost:12,localhost:13,localhost:0,localhost:14"
                                + "|1,localhost:21,localhost:22,localhost:23,localhost:0,localhost:24");
        assertThat(addresses.ingressEndpoints()).isEqualTo("0=localhost:11,1=localhost:21");
        assertThat(addresses.archive(1)).isEqualTo("localhost:24");
    }

    @Test
    void shouldReadWhatItWrote() {
        assertThat(AeronAddresses.parse(addresses.text())).isEqualTo(addresses);
    }

    @Test
    void shouldRefuseAMemberWithTooFewPorts() {
        assertThatThrownBy(() -> new AeronAddresses(List.of(1, 2, 3))).hasMessageContaining("four");
    }
}
