package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.DefaultConfig;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.node.NodeInit.Created;
import io.nelumbo.publisher.node.NodeInit.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeFolderTest {
    @TempDir Path temporary;

    @Test
    void shouldTakeTheOptionThenTheVariableThenTheHomeFolder() {
        final Map<String, String> environment = Map.of(NodeFolder.VARIABLE, "/from/variable");

        assertThat(NodeFolder.resolve(Path.of("/from/option"), environment).root())
                .isEqualTo(Path.of("/from/option"));
        assertThat(NodeFolder.resolve(null, environment).root())
                .isEqualTo(Path.of("/from/variable"));
        assertThat(NodeFolder.resolve(null, Map.of()).root())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".nelumbo"));
    }

    @Test
    void shouldMakeANodeThatIsWholeAndForItsOwnerOnly() throws IOException {
        final NodeFolder folder = new NodeFolder(temporary.resolve("deep/node"));

        final NodeInit.Outcome outcome = NodeInit.init(folder, DefaultConfig.text());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Created.class,
                        created -> assertThat(identityOf(folder)).isEqualTo(created.peerId()));
        assertThat(folder.missingFiles()).isEmpty();
        assertThat(folder.config(Map.of()))
                .isInstanceOfSatisfying(
                        ConfigOutcome.Loaded.class,
                        loaded ->
                                assertThat(loaded.config())
                                        .isEqualTo(NodeConfig.defaults(folder.root())));
        assertThat(folder.tokens().verify(folder.adminToken()))
                .containsExactlyInAnyOrder("read", "write", "sign", "admin");
        assertThat(Files.size(folder.tokenSecretFile())).isEqualTo(32);
        try (Stream<Path> all = Files.walk(folder.root())) {
            assertThat(all).allSatisfy(NodeFolderTest::assertOwnerOnly);
        }
        assertThat(namesIn(temporary.resolve("deep"))).containsExactly("node");
    }

    @Test
    void shouldMakeANodeInAnEmptyFolder() throws IOException {
        final NodeFolder folder = new NodeFolder(Files.createDirectory(temporary.resolve("node")));

        assertThat(NodeInit.init(folder, "")).isInstanceOf(Created.class);
    }

    @Test
    void shouldRefuseAFolderThatHoldsANodeAlready() throws IOException {
        final NodeFolder folder = new NodeFolder(temporary.resolve("node"));
        NodeInit.init(folder, "");
        final byte[] identity = Files.readAllBytes(folder.identityFile());

        final NodeInit.Outcome outcome = NodeInit.init(folder, "");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason()).contains("holds a node already"));
        assertThat(Files.readAllBytes(folder.identityFile())).isEqualTo(identity);
        assertThat(namesIn(temporary)).containsExactly("node");
    }

    @Test
    void shouldRefuseSomebodyElsesFolder() throws IOException {
        Files.createFile(temporary.resolve("thesis.txt"));

        assertThat(NodeInit.init(new NodeFolder(temporary), ""))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason()).contains("empty folder"));
        assertThat(NodeInit.init(new NodeFolder(temporary.resolve("thesis.txt")), ""))
                .isInstanceOf(Refused.class);
        assertThat(namesIn(temporary)).containsExactly("thesis.txt");
    }

    @Test
    void shouldSayWhatANodesFolderLacks() throws IOException {
        final NodeFolder folder = new NodeFolder(temporary.resolve("node"));
        NodeInit.init(folder, "");
        Files.delete(folder.identityFile());

        assertThat(folder.missingFiles()).containsExactly(folder.identityFile());
    }

    private static Object identityOf(final NodeFolder folder) {
        try {
            return folder.identity().peerId();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertOwnerOnly(final Path path) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .as(path.toString())
                .endsWith("------");
    }

    private static List<String> namesIn(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
