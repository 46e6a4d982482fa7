package io.nelumbo.journal;

/**
 * The bytes of a journal record, format version 1. Numbers are little-endian.
 *
 * <pre>
 * offset bytes
 *      0     4  magic, the letters "NLMJ"
 *      4     2  format version, 1
 *      6     2  header length, 128
 *      8     8  Raft term of the entry that carried the batch
 *     16     8  Raft index of that entry; grows, with gaps
 *     24     8  epoch of the batch
 *     32     8  first sequence of the batch
 *     40     8  timestamp of the batch, nanoseconds since 1970 UTC
 *     48     4  number of events in the batch
 *     52     4  payload length
 *     56    32  hash of the record before, or the genesis hash
 *     88    32  hash: SHA-256 of bytes 56..87, then bytes 0..55, then the payload
 *    120     4  zero
 *    124     4  CRC32C of bytes 0..123, then the payload
 *    128     …  payload: the encoded batch
 * </pre>
 *
 * <p>The CRC finds what a disk did to one record; the hash finds what anyone did to the journal.
 */
final class RecordLayout {

    static final int MAGIC = 'N' | 'L' << 8 | 'M' << 16 | 'J' << 24;
    static final short FORMAT_VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int FORMAT_VERSION_OFFSET = 4;
    static final int HEADER_BYTES_OFFSET = 6;
    static final int RAFT_TERM_OFFSET = 8;
    static final int RAFT_INDEX_OFFSET = 16;
    static final int EPOCH_OFFSET = 24;
    static final int FIRST_SEQUENCE_OFFSET = 32;
    static final int TIMESTAMP_NS_OFFSET = 40;
    static final int COUNT_OFFSET = 48;
    static final int PAYLOAD_BYTES_OFFSET = 52;
    static final int PREVIOUS_HASH_OFFSET = 56;
    static final int HASH_OFFSET = 88;
    static final int ZERO_OFFSET = 120;
    static final int CRC_OFFSET = 124;
    static final int HEADER_BYTES = 128;

    /** What the hash covers of the header, besides the previous hash. */
    static final int HASHED_HEADER_BYTES = PREVIOUS_HASH_OFFSET;

    private RecordLayout() {}
}
