package io.nelumbo.publisher.migration;

import io.nelumbo.publisher.chain.filecoin.Base32;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.migration.RepoFile.BadFile;
import io.nelumbo.statemachine.identity.MalformedIdentity;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of Lotus's keystore, one after another: each is named by the base32 of what it
 * is, and holds one {@link KeyInfo}. Owned by the reading thread.
 */
final class KeystoreReader {
    private static final String WALLET = "wallet-";
    private static final String TRASH = "trash-";
    private static final String DEFAULT = "default";
    private static final String HOST = "libp2p-host";
    private static final String TOKENS = "auth-jwt-private";
    private static final String TOKENS_TYPE = "jwt-hmac-secret";
    private static final int MIN_TOKEN_SECRET_BYTES = 32;
    private static final String RESTORE = "restore it from a backup of the repo";

    /** How the first bytes of a libp2p private key say that it is of type Ed25519. */
    private static final byte[] ED25519 = {0x08, 0x01};

    private final Findings findings;
    private final LotusHeritage.Builder heritage;
    private @Nullable FilecoinAddress defaultAddress;
    private boolean hostSeen;
    private boolean tokensSeen;

    KeystoreReader(final Findings findings, final LotusHeritage.Builder heritage) {
        this.findings = findings;
        this.heritage = heritage;
    }

    /** Reads one file; {@link BadFile} if something would be missing here without it. */
    void read(final Path file, final int maxBytes) throws BadFile {
        final String name = nameOf(file);
        if (name.startsWith(TRASH)) {
            findings.leave(name, "was deleted by its owner");
            return;
        }
        final boolean ours =
                name.startsWith(WALLET)
                        || name.equals(DEFAULT)
                        || name.equals(HOST)
                        || name.equals(TOKENS);
        if (!ours) {
            findings.leave(name, "is nothing that a node here has a use for");
            return;
        }
        hostSeen |= name.equals(HOST);
        tokensSeen |= name.equals(TOKENS);
        final KeyInfo info = infoOf(file, maxBytes);
        try {
            take(name, info);
        } finally {
            info.wipe();
        }
        final String mode = RepoFile.laxMode(file);
        if (mode != null) {
            findings.warn(
                    file
                            + " ("
                            + name
                            + ") is not for its owner only but "
                            + mode
                            + ": Lotus refuses such a file, and whoever could read it may have the"
                            + " secret; consider another one");
        }
    }

    /** Draws the conclusions once all files were read. */
    void finish() {
        if (!tokensSeen) {
            findings.leave(
                    TOKENS, "there is none: a new secret was made, and older tokens do not work");
        }
        if (!hostSeen) {
            findings.leave(HOST, "there is none: a new identity was made");
        }
        final FilecoinAddress chosen = defaultAddress;
        if (chosen != null && !heritage.chooseDefault(chosen)) {
            findings.leave(DEFAULT, "names " + chosen + ", whose key was not taken");
        }
    }

    private static String nameOf(final Path file) throws BadFile {
        final String encoded = Objects.requireNonNull(file.getFileName()).toString();
        try {
            final byte[] name = Base32.decode("name", encoded.toLowerCase(Locale.ROOT));
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (final MalformedValue | CharacterCodingException e) {
            throw new BadFile(
                    "has a name that is not base32, so nobody can tell whose key it is",
                    "give it back the name that Lotus gave it, or move it out of the keystore");
        }
    }

    private static KeyInfo infoOf(final Path file, final int maxBytes) throws BadFile {
        final byte[] json = RepoFile.read(file, maxBytes);
        try {
            return KeyInfo.parse(json);
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    private void take(final String name, final KeyInfo info) throws BadFile {
        if (name.equals(HOST)) {
            takeIdentity(info);
        } else if (name.equals(TOKENS)) {
            takeTokenSecret(info);
        } else if (isKnown(info.type())) {
            takeKey(name, info);
        } else {
            findings.leave(
                    name,
                    "its type is "
                            + quoted(info.type())
                            + "; keys here are secp256k1, bls or delegated, and their secret is in"
                            + " the file");
        }
    }

    private void takeIdentity(final KeyInfo info) throws BadFile {
        final byte[] key = info.privateKey();
        if (!info.type().equals(HOST)) {
            throw new BadFile("its type is " + quoted(info.type()) + ", not " + HOST, RESTORE);
        }
        if (key.length > 2 && !Arrays.equals(key, 0, 2, ED25519, 0, 2)) {
            findings.leave(
                    HOST,
                    "is no ed25519 key: a new identity was made, and the peer id is another one:"
                            + " put it into InitPeersetMultiAddr of every node");
            return;
        }
        try {
            final PeerIdentity identity = PeerIdentity.decode(key);
            heritage.identity(identity);
            findings.take(HOST, identity.peerId().toString());
        } catch (final MalformedIdentity e) {
            throw new BadFile("is no identity: " + e.getMessage(), RESTORE);
        }
    }

    private void takeTokenSecret(final KeyInfo info) throws BadFile {
        if (!info.type().equals(TOKENS_TYPE)) {
            throw new BadFile(
                    "its type is " + quoted(info.type()) + ", not " + TOKENS_TYPE, RESTORE);
        }
        if (info.privateKey().length < MIN_TOKEN_SECRET_BYTES) {
            throw new BadFile(
                    "is a secret of " + info.privateKey().length + " bytes, too short for HS256",
                    RESTORE);
        }
        heritage.tokenSecret(info.privateKey().clone());
        findings.take(TOKENS, "the tokens that it made stay valid");
    }

    private void takeKey(final String name, final KeyInfo info) throws BadFile {
        final ExportedKey exported =
                new ExportedKey(SignatureType.ofKeyName(info.type()), info.privateKey().clone());
        final FilecoinAddress address = addressOf(exported);
        if (name.equals(DEFAULT)) {
            // A copy of the key: the file in its own name is the one that Lotus signs with.
            Arrays.fill(exported.privateKey(), (byte) 0);
            defaultAddress = address;
            return;
        }
        if (!address.equals(named(name))) {
            Arrays.fill(exported.privateKey(), (byte) 0);
            throw new BadFile("is named " + name + " but holds the key of " + address, RESTORE);
        }
        heritage.key(address, exported);
        findings.take(name, address.toString());
    }

    private static FilecoinAddress addressOf(final ExportedKey exported) throws BadFile {
        try {
            final FilecoinKey key = FilecoinKey.of(exported);
            try {
                return key.address();
            } finally {
                key.wipe();
            }
        } catch (final MalformedValue e) {
            Arrays.fill(exported.privateKey(), (byte) 0);
            throw new BadFile("holds no key: " + e.getMessage(), RESTORE);
        }
    }

    private static FilecoinAddress named(final String name) throws BadFile {
        try {
            return FilecoinAddress.parse(name.substring(WALLET.length()));
        } catch (final MalformedValue e) {
            throw new BadFile("is not named by an address: " + e.getMessage(), RESTORE);
        }
    }

    private static boolean isKnown(final String type) {
        return Arrays.stream(SignatureType.values()).anyMatch(it -> it.keyName().equals(type));
    }

    /** A type is no secret, but it may be anything. */
    private static String quoted(final String type) {
        final int max = 40;
        final String printable = type.replaceAll("[^ -~]", "?");
        return '"' + (printable.length() <= max ? printable : printable.substring(0, max)) + '"';
    }
}
