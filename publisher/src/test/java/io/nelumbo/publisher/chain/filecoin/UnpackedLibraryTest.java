package io.nelumbo.publisher.chain.filecoin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class UnpackedLibraryTest {

    /** A folder from which nothing may be executed is answered by the loader in the same way. */
    @Test
    void shouldSayWhatToDoWhenTheLoaderRefusesAFile() {
        final InputStream noLibrary = new ByteArrayInputStream("no library".getBytes(US_ASCII));

        assertThatThrownBy(() -> UnpackedLibrary.load("libnothing", noLibrary))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot load libnothing from ")
                .hasMessageContaining("set -Djava.io.tmpdir to a folder");
    }
}
