package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CurvePageTest {

    private final Standings standings = new Standings();

    @Test
    void shouldDrawOneCurveForEachContestantThatOnlyRises() throws Exception {
        // given
        standings.add("nelumbo", Load.UNLOADED, Results.of(100, 1_000));
        standings.add("aeron", Load.UNLOADED, Results.of(100, 2_000));

        // when
        final NodeList curves = svg(page()).getElementsByTagName("polyline");

        // then
        assertThat(curves.getLength()).isEqualTo(2);
        for (int n = 0; n < curves.getLength(); n++) {
            final List<Double> heights = new ArrayList<>();
            for (final String point :
                    ((Element) curves.item(n)).getAttribute("points").split(" ", -1)) {
                heights.add(-Double.parseDouble(point.split(",", -1)[1]));
            }
            assertThat(heights).hasSizeGreaterThan(5).isSorted();
        }
    }

    @Test
    void shouldNeedNothingButItself() {
        standings.add("nelumbo", Load.HALF, Results.of(100, 1_000));

        assertThat(page()).doesNotContain("http", "<script", "src=", "url(");
    }

    @Test
    void shouldShowWhatIsAboutItAsText() {
        assertThat(CurvePage.of(standings, "a < b & c", "<table>"))
                .contains("a &lt; b &amp; c")
                .contains("&lt;table&gt;");
    }

    private String page() {
        return CurvePage.of(standings, "about", "tables");
    }

    private static Document svg(final String page) throws Exception {
        final String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
