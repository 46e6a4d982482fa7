package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.KeysHere;
import io.nelumbo.publisher.api.push.CommittedLog;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.wallet.Wallet;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node knows which accounts it could not sign for. */
final class KeyCensusTest {
    private final CommittedLog log = new CommittedLog();
    private Wallet wallet;
    private Wallet elsewhere;
    private KeyCensus census;
    private long nowNs;

    @BeforeEach
    void open(@TempDir final Path folder) {
        wallet = Wallet.open(folder.resolve("here"));
        elsewhere = Wallet.open(folder.resolve("elsewhere"));
        census = new KeyCensus(log.ledger(), wallet, () -> nowNs);
    }

    @Test
    void shouldCountTheAccountsWhoseKeyIsElsewhere() {
        // given
        log.open(wallet.create(SignatureType.BLS).account(), 0);
        assertThat(census.count()).isEqualTo(new KeysHere(false, 0, List.of()));

        // when
        final FilecoinAddress other = elsewhere.create(SignatureType.SECP256K1);
        log.open(other.account(), 3);

        // then
        assertThat(census.count()).isEqualTo(new KeysHere(false, 1, List.of(other.toString())));
        assertThat(census.count().complaint())
                .contains("1 accounts have no key here", other.toString(), "are refused");
    }

    @Test
    void shouldForgetWhatItMissedWhenTheKeyCame() {
        // given
        final FilecoinAddress other = elsewhere.create(SignatureType.SECP256K1);
        log.open(other.account(), 0);
        assertThat(census.count().accountsWithoutKey()).isEqualTo(1);

        // when
        wallet.importKey(elsewhere.exportKey(other));
        nowNs += TimeUnit.MINUTES.toNanos(1);

        // then
        assertThat(census.count()).isEqualTo(new KeysHere(false, 0, List.of()));
        assertThat(census.count().complaint()).isEmpty();
    }

    @Test
    void shouldNameFewOfManyAccounts() {
        for (int i = 0; i < 20; i++) {
            log.open(elsewhere.create(SignatureType.SECP256K1).account(), 0);
        }

        final KeysHere keys = census.count();

        assertThat(keys.accountsWithoutKey()).isEqualTo(20);
        assertThat(keys.examples()).hasSizeLessThan(20);
        assertThat(keys.complaint()).contains("20 accounts", "…");
    }
}
