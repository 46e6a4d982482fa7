package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BuildVersionTest {

    @Test
    void shouldBeTheVersionOfThePom() throws Exception {
        // The first version in this module's pom is its parent's, which is its own.
        final String pom = Files.readString(Path.of("pom.xml"));
        final int from = pom.indexOf("<version>") + "<version>".length();

        assertThat(BuildVersion.text()).isEqualTo(pom.substring(from, pom.indexOf('<', from)));
    }
}
