package io.nelumbo.publisher.chain.filecoin;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;

/**
 * Bitcoin Core's libsecp256k1, function by function under its own names; the binary is the one in
 * secp256k1-kmp, whose own Java interface has no signature that tells its recovery id. All return 1
 * for success and 0 for values that are no key, point or signature. An argument against the rules
 * (a null, a recovery id above 3) ends the process, so that callers look first; so does an array
 * that is too short. Any thread: after its construction the context is only read.
 *
 * <p>Source: include/secp256k1.h and include/secp256k1_recovery.h of libsecp256k1.
 */
@SuppressWarnings("MemberName") // JNA finds functions by the names of the methods.
final class LibSecp256k1 {
    static final int PRIVATE_KEY_BYTES = 32;
    static final int HASH_BYTES = 32;
    static final int COMPACT_BYTES = 64;

    /** What the library calls opaque: known by length alone. */
    static final int PARSED_PUBLIC_KEY_BYTES = 64;

    static final int PARSED_SIGNATURE_BYTES = 65;

    static final int UNCOMPRESSED = 1 << 1;

    /** To be given to every function; blinded by random numbers against side channels. */
    static final long CONTEXT;

    /** RFC 6979 with SHA-256, for {@code nonceFunction}. */
    static final long DEFAULT_NONCE = 0;

    static final long NO_MORE_ENTROPY = 0;

    private static final int CONTEXT_NONE = 1;

    static {
        Native.register(LibSecp256k1.class, library());
        CONTEXT = secp256k1_context_create(CONTEXT_NONE);
        final byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        if (secp256k1_context_randomize(CONTEXT, seed) != 1) {
            throw new IllegalStateException("libsecp256k1 took no random seed");
        }
    }

    private LibSecp256k1() {}

    /** Does nothing but what the first use of this class does anyway. */
    static void load() {}

    /** {@code privateKey}: where it is, as in all that follow. */
    static native int secp256k1_ec_seckey_verify(long context, long privateKey);

    static native int secp256k1_ec_pubkey_create(
            long context, byte[] parsedPublicKey, long privateKey);

    /** {@code length}: of the output, there and back. */
    static native int secp256k1_ec_pubkey_serialize(
            long context, byte[] output, long[] length, byte[] parsedPublicKey, int format);

    static native int secp256k1_ecdsa_sign_recoverable(
            long context,
            byte[] parsedSignature,
            byte[] hash,
            long privateKey,
            long nonceFunction,
            long entropy);

    static native int secp256k1_ecdsa_recoverable_signature_serialize_compact(
            long context, byte[] compact, int[] recoveryId, byte[] parsedSignature);

    static native int secp256k1_ecdsa_recoverable_signature_parse_compact(
            long context, byte[] parsedSignature, byte[] compact, int recoveryId);

    static native int secp256k1_ecdsa_recover(
            long context, byte[] parsedPublicKey, byte[] parsedSignature, byte[] hash);

    private static native long secp256k1_context_create(int flags);

    private static native int secp256k1_context_randomize(long context, byte[] seed);

    private static NativeLibrary library() {
        final String resource = resource();
        try (InputStream library = LibSecp256k1.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new FileNotFoundException("no libsecp256k1 for this machine: " + resource);
            }
            return UnpackedLibrary.load("libsecp256k1", library);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource() {
        final String machine = System.getProperty("os.arch");
        return "/fr/acinq/secp256k1/jni/native/linux-"
                + (machine.equals("amd64") ? "x86_64" : machine)
                + "/libsecp256k1-jni.so";
    }
}
