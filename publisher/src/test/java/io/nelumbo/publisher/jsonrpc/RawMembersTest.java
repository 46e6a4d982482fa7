package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is cut out is what was there, whatever stands around it. */
final class RawMembersTest {

    @Property(tries = 500)
    void shouldCutEachValueOutAsItStands(@ForAll("values") final List<String> values)
            throws MalformedJson {
        final StringBuilder object = new StringBuilder(" {");
        for (int i = 0; i < values.size(); i++) {
            object.append(i == 0 ? "\n" : ",\t")
                    .append("\"k")
                    .append(i)
                    .append("\" :\r\n ")
                    .append(values.get(i))
                    .append(i % 2 == 0 ? "  " : "");
        }
        final byte[] json = object.append("} \n").toString().getBytes(UTF_8);

        final var members = RawMembers.ofObject(json);

        assertThat(members).hasSize(values.size());
        for (int i = 0; i < values.size(); i++) {
            assertThat(members.get("k" + i)).hasToString(values.get(i));
        }
        assertThat(RawMembers.ofArray(("[" + String.join(" , ", values) + "]").getBytes(UTF_8)))
                .extracting(RawJson::toString)
                .isEqualTo(values);
    }

    @Property(tries = 100)
    void shouldCutParamsOutOfCallsAndBatches(@ForAll("values") final List<String> values)
            throws MalformedJson {
        final String params = "[" + String.join(",", values) + "]";
        final String call = "{\"params\": " + params + " ,\"method\":\"m\"}";

        assertThat(RawMembers.paramsOf(call.getBytes(UTF_8)))
                .extracting(String::valueOf)
                .containsExactly(params);
        assertThat(RawMembers.paramsOf(("[1," + call + ",{}," + call + "]").getBytes(UTF_8)))
                .extracting(String::valueOf)
                .containsExactly("null", params, "null", params);
    }

    @Example
    void shouldTakeTheLastOfARepeatedName() throws MalformedJson {
        assertThat(RawMembers.ofObject("{\"a\":1,\"a\":2}".getBytes(UTF_8)).get("a"))
                .hasToString("2");
    }

    @Example
    void shouldRefuseWhatIsNotOneObjectInUtf8() {
        for (final String text :
                List.of("", "1", "[]", "{} {}", "{\"a\":01}", "{\"a\":\"\n\"}", "{\"a\":\"x}")) {
            assertRefused(text.getBytes(UTF_8));
        }
        assertRefused(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'});
        assertRefused("{\"a\":1}".getBytes(UTF_16BE));
        assertRefused("{\"a\":1}".getBytes(UTF_16));
        assertRefused(("{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}").getBytes(UTF_8));
    }

    @Provide
    Arbitrary<List<String>> values() {
        final Arbitrary<String> plain =
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "-0",
                        "1.0",
                        "-1.50e+10",
                        "12345678901234567890123",
                        "\"\"",
                        "\"\\\"\"",
                        "\"\\\\\"",
                        "\"\\u00e9 \u00e9 \ud834\udd1e }],\"",
                        "[]",
                        "{}",
                        "{ }");
        return Arbitraries.lazyOf(
                        () -> plain,
                        () -> plain,
                        () -> plain.list().ofMaxSize(3).map(l -> "[ " + String.join(" ,", l) + "]"),
                        () -> plain.map(value -> "{\"a\" : " + value + ", \"a\":[" + value + "]}"))
                .list()
                .ofMaxSize(8)
                .map(ArrayList::new);
    }

    private static void assertRefused(final byte[] json) {
        assertThatThrownBy(() -> RawMembers.ofObject(json)).isInstanceOf(MalformedJson.class);
    }
}
