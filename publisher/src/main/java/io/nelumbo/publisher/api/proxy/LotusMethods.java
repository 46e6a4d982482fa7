package io.nelumbo.publisher.api.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.publisher.api.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of Lotus's methods, which is the resource {@code lotus-methods.txt}. A method that is
 * not in it may be one of a later version, which may do anything: it passes, for admins. Immutable;
 * any thread.
 */
final class LotusMethods {
    private static final String TABLE = "lotus-methods.txt";
    private static final String PREFIX = "Filecoin.";

    /** Errors repeat names; the longest of Lotus's has half as many. */
    private static final int MAX_NAME_CHARS = 100;

    /** How Lotus's aliases begin, and what their methods begin with. */
    private static final Map<String, String> ALIASES =
            Map.of("eth_", "Eth", "net_", "Net", "web3_", "Web3", "trace_", "EthTrace");

    private final boolean v0;
    private final Map<String, LotusMethod> methods;

    private LotusMethods(final boolean v0) {
        this.v0 = v0;
        this.methods = read(v0 ? Way.SIGNS_IN_V0 : Way.PASS);
    }

    /** The methods at {@code /rpc/v0}. */
    static LotusMethods v0() {
        return new LotusMethods(true);
    }

    /** The methods at {@code /rpc/v1}. */
    static LotusMethods v1() {
        return new LotusMethods(false);
    }

    boolean isV0() {
        return v0;
    }

    /**
     * What a method is.
     *
     * @param wireName as calls name it: with the prefix, or an alias as Ethereum's tools use
     * @return null if no upstream can have it, because Lotus names none so
     */
    @Nullable LotusMethod called(final String wireName) {
        final String name = wireName.length() > MAX_NAME_CHARS ? null : nameOf(wireName);
        return name == null
                ? null
                : methods.getOrDefault(name, new LotusMethod(name, Permission.ADMIN, Way.PASS));
    }

    private static @Nullable String nameOf(final String wireName) {
        if (wireName.startsWith(PREFIX)) {
            return wireName.substring(PREFIX.length());
        }
        if (wireName.equals("rpc.discover")) {
            return "Discover";
        }
        final int end = wireName.indexOf('_') + 1;
        final String family = ALIASES.get(wireName.substring(0, end));
        return family == null || end == wireName.length()
                ? null
                : family
                        + wireName.substring(end, end + 1).toUpperCase(Locale.ROOT)
                        + wireName.substring(end + 1);
    }

    private static Map<String, LotusMethod> read(final Way signsInV0) {
        final Map<String, LotusMethod> methods = new HashMap<>();
        for (final String line : table().lines().toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            final String[] words = line.split(" +", -1);
            final Way way = Way.called(words[0]);
            methods.put(
                    words[2],
                    new LotusMethod(
                            words[2],
                            Permission.valueOf(words[1].toUpperCase(Locale.ROOT)),
                            way == Way.SIGNS_IN_V0 ? signsInV0 : way));
        }
        return Map.copyOf(methods);
    }

    private static String table() {
        try (InputStream table = LotusMethods.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("expected the resource " + TABLE);
            }
            return new String(table.readAllBytes(), UTF_8);
        } catch (final IOException e) {
            throw new IllegalStateException("expected to read the resource " + TABLE, e);
        }
    }
}
