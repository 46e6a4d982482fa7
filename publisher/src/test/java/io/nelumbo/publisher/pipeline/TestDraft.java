package io.nelumbo.publisher.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A message whose "signature" says at which nonce it was made, and which fails when told to. */
final class TestDraft implements Draft {

    private final Address sender;
    private final String text;
    private final int failures;
    private final OptionalLong fixedNonce;
    private final AtomicInteger signed = new AtomicInteger();

    private TestDraft(
            final Address sender,
            final String text,
            final int failures,
            final OptionalLong fixedNonce) {
        this.sender = sender;
        this.text = text;
        this.failures = failures;
        this.fixedNonce = fixedNonce;
    }

    static TestDraft of(final int account, final String text) {
        return failing(account, text, 0);
    }

    /** Its first so many signatures fail. */
    static TestDraft failing(final int account, final String text, final int failures) {
        return new TestDraft(address(account), text, failures, OptionalLong.empty());
    }

    /**
     * Signed already at a nonce. Wherever it is asked to sign it gives the same bytes, so that a
     * pipeline which publishes it elsewhere is found out.
     */
    static TestDraft signed(final int account, final String text, final long nonce) {
        return new TestDraft(address(account), text, 0, OptionalLong.of(nonce));
    }

    static Address address(final int account) {
        return new Address(ChainKind.FILECOIN, new byte[] {1, (byte) account});
    }

    static byte[] signedBytes(final String text, final long nonce) {
        return (text + "@" + Long.toUnsignedString(nonce)).getBytes(UTF_8);
    }

    static byte[] sha256(final byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often it was asked for a signature. */
    int signatures() {
        return signed.get();
    }

    @Override
    public Address sender() {
        return sender;
    }

    @Override
    public byte[] signerKeyId() {
        return new byte[8];
    }

    @Override
    public OptionalLong fixedNonce() {
        return fixedNonce;
    }

    @Override
    public Signing sign(final long nonce) {
        if (signed.incrementAndGet() <= failures) {
            return new Signing.Failed("no key for " + text);
        }
        final byte[] bytes = signedBytes(text, fixedNonce.orElse(nonce));
        return new Signing.Signed(bytes, sha256(bytes));
    }
}
