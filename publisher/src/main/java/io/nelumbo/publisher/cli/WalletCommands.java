package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.wallet.KeyText;
import io.nelumbo.publisher.wallet.KeystoreFailure;
import io.nelumbo.publisher.wallet.Wallet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nelumbo wallet}: works on the folder's keystore; a running node reads it at its start. */
final class WalletCommands {
    private WalletCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "wallet",
                "The keys in this node's keystore. Every node of a cluster needs the same; a node"
                        + " reads them when it starts.",
                new New(session),
                new ListOf(session),
                new Import(session),
                new Export(session));
    }

    private static Wallet wallet(final Session session) {
        try {
            return Wallet.open(session.config().wallet().folder());
        } catch (final KeystoreFailure e) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, String.valueOf(e.getMessage()));
        }
    }

    private static int answerAddress(final Session session, final FilecoinAddress address) {
        session.answer(address.toString(), Session.object().put("address", address.toString()));
        return ExitCodes.OK;
    }

    /** {@code nelumbo wallet new}. */
    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Makes a key and prints its address.")
    static final class New implements Callable<Integer> {
        private final Session session;

        @Parameters(
                arity = "0..1",
                paramLabel = "TYPE",
                defaultValue = "secp256k1",
                description =
                        "secp256k1 (f1…), bls (f3…) or delegated (f410f…). Default: secp256k1.")
        private String type = "secp256k1";

        New(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final SignatureType wanted;
            try {
                wanted = SignatureType.ofKeyName(type);
            } catch (final MalformedValue e) {
                throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
            }
            return answerAddress(session, wallet(session).create(wanted));
        }
    }

    /** {@code nelumbo wallet list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the addresses whose keys are here; * marks the default.")
    static final class ListOf implements Callable<Integer> {
        private final Session session;

        ListOf(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final Wallet wallet = wallet(session);
            final FilecoinAddress chosen = wallet.defaultAddress();
            final ObjectNode json =
                    Session.object().put("default", chosen == null ? null : chosen.toString());
            final ArrayNode list = json.putArray("addresses");
            final List<String> lines = new ArrayList<>();
            for (final FilecoinAddress address : wallet.addresses()) {
                list.add(address.toString());
                lines.add(address + (address.equals(chosen) ? " *" : ""));
            }
            session.answer(lines.isEmpty() ? "no keys" : String.join("\n", lines), json);
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo wallet import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a key in, as `lotus wallet export` or `nelumbo wallet export` printed it,"
                        + " and prints its address."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  lotus wallet export f1… | nelumbo wallet import",
                "  nelumbo wallet import key.txt"
            })
    static final class Import implements Callable<Integer> {
        private static final int MAX_BYTES = 64 * 1024;

        private final Session session;

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "The exported key. Default: standard input.")
        private @Nullable Path file;

        Import(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final byte[] exported;
            try (InputStream in = file == null ? session.in() : Files.newInputStream(file)) {
                exported = in.readNBytes(MAX_BYTES);
            }
            try {
                final ExportedKey key = KeyText.parse(new String(exported, StandardCharsets.UTF_8));
                return answerAddress(session, wallet(session).importKey(key));
            } catch (final MalformedValue e) {
                throw new CommandFailure(ExitCodes.BAD_ANSWER, String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@code nelumbo wallet export}. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Prints a private key in the clear, as Lotus imports it. Whoever reads it owns the"
                        + " account."
            })
    static final class Export implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ADDRESS", description = "The account.")
        private @Nullable FilecoinAddress address;

        Export(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final FilecoinAddress wanted = Objects.requireNonNull(address, "a required parameter");
            final ExportedKey key = wallet(session).exportKey(wanted);
            if (key == null) {
                throw new CommandFailure(
                        ExitCodes.BAD_ANSWER, "the key of " + wanted + " is not here");
            }
            final String hex = KeyText.hex(key);
            session.answer(hex, Session.object().put("address", wanted.toString()).put("key", hex));
            return ExitCodes.OK;
        }
    }
}
