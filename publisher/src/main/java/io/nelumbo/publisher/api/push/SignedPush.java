package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;

/**
 * A message that its sender numbered and signed. Its request id follows from its bytes: pushed
 * again, it is the same request.
 *
 * @param bytes its canonical CBOR
 * @param requestHash their SHA-256
 */
record SignedPush(
        RequestId requestId, SignedFilecoinMessage signed, byte[] bytes, byte[] requestHash)
        implements Push {

    static SignedPush of(final SignedFilecoinMessage signed) {
        final byte[] bytes = signed.encode();
        final byte[] hash = Digests.sha256(bytes);
        return new SignedPush(DerivedRequestIds.ofSigned(hash), signed, bytes, hash);
    }

    @Override
    public Address sender() {
        return signed.message().from().account();
    }

    @Override
    public int sizeBytes() {
        return bytes.length;
    }

    @Override
    public boolean mayHaveBeenTried() {
        return true;
    }

    @Override
    public RetryWords words() {
        return RetryWords.SIGNED;
    }

    @Override
    public void check() {
        SignedChecks.check(this);
    }
}
