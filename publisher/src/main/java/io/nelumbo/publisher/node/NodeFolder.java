package io.nelumbo.publisher.node;

import io.nelumbo.config.ConfigLoader;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.publisher.api.Tokens;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.identity.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder that is one node: its configuration, identity, secrets, and (unless the configuration
 * says otherwise) its keys, Raft log and journal. Immutable; any thread.
 *
 * @param root absolute
 */
public record NodeFolder(Path root) {
    /** The variable that names the folder when no option does. */
    public static final String VARIABLE = "NELUMBO_PATH";

    private static final String USUAL_NAME = ".nelumbo";

    public NodeFolder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The folder that is meant: the option's, else the variable's, else {@code ~/.nelumbo}.
     *
     * @param option what the command line says, or null
     * @param environment as of {@link System#getenv()}
     */
    public static NodeFolder resolve(
            final @Nullable Path option, final Map<String, String> environment) {
        if (option != null) {
            return new NodeFolder(option);
        }
        final String variable = environment.getOrDefault(VARIABLE, "");
        return new NodeFolder(
                variable.isBlank()
                        ? Path.of(System.getProperty("user.home"), USUAL_NAME)
                        : Path.of(variable));
    }

    /** The configuration, TOML. */
    public Path configFile() {
        return root.resolve("config.toml");
    }

    /** The ed25519 key that is the node's identity. */
    public Path identityFile() {
        return root.resolve("identity.key");
    }

    /** The secret that API tokens are made with: 32 random bytes. */
    public Path tokenSecretFile() {
        return root.resolve("token.secret");
    }

    /** A token that may do everything, as text, for the command line on this machine. */
    public Path tokenFile() {
        return root.resolve("token");
    }

    /** The lock of the process that runs the node. */
    public Path lockFile() {
        return root.resolve("node.lock");
    }

    /** The multiaddr that the API of the running node is bound to, as text. */
    public Path apiFile() {
        return root.resolve("api");
    }

    /** Where keys are kept unless the configuration says otherwise. */
    public Path keystoreFolder() {
        return root.resolve("keystore");
    }

    /** What a node's folder must have and this one has not; empty when a node is there. */
    public List<Path> missingFiles() {
        return List.of(configFile(), identityFile(), tokenSecretFile()).stream()
                .filter(file -> !Files.isRegularFile(file))
                .toList();
    }

    /** Reads the configuration; folders in it are relative to this one. */
    public ConfigOutcome config(final Map<String, String> environment) {
        return ConfigLoader.load(configFile(), environment);
    }

    /** Reads the identity. */
    public PeerIdentity identity() throws IOException {
        return PeerIdentity.read(identityFile());
    }

    /** Reads the secret and makes tokens of it. */
    public Tokens tokens() throws IOException {
        return new Tokens(SecretFile.read(tokenSecretFile()));
    }

    /** Reads the token that may do everything. */
    public String adminToken() throws IOException {
        return new String(SecretFile.read(tokenFile()), StandardCharsets.US_ASCII).strip();
    }
}
