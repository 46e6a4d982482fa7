package io.nelumbo.bench.compare;

import io.nelumbo.publisher.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The latencies of all contestants as curves over the percentiles: a page that needs nothing but
 * itself. Stateless.
 */
final class CurvePage {

    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
            color:#1b1f24;background:#fff}
            h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
            svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#57606a}
            pre{overflow-x:auto;background:#f6f8fa;padding:1rem;font-size:12px;line-height:1.45}
            .grid{stroke:#d8dee4;stroke-width:1}.curve{fill:none;stroke-width:2.25}
            """;

    private static final List<Load> LOADS =
            List.of(Load.UNLOADED, Load.OUR_HALF, Load.HALF, Load.WINDOW);

    private CurvePage() {}

    /**
     * The page.
     *
     * @param about where and how it was measured, in a sentence
     * @param tables what is shown below the curves, as plain text
     */
    static String of(final Standings standings, final String about, final String tables) {
        final StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<title>Nelumbo and its peers: latency</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Nelumbo and its peers: latency</h1>\n<p>")
                .append(escaped(about))
                .append("</p>\n");
        for (final Load load : LOADS) {
            final List<CurveChart.Curve> curves = curves(standings, load);
            if (!curves.isEmpty()) {
                page.append("<h2>").append(load.title()).append("</h2>\n");
                page.append(CurveChart.svg(curves));
            }
        }
        return page.append("<h2>Figures</h2>\n<pre>")
                .append(escaped(tables))
                .append("</pre>\n</body></html>\n")
                .toString();
    }

    private static List<CurveChart.Curve> curves(final Standings standings, final Load load) {
        final List<CurveChart.Curve> curves = new ArrayList<>();
        int colour = 0;
        for (final String contestant : standings.contestants()) {
            final List<LoadResult> results = standings.of(contestant, load);
            if (!results.isEmpty()) {
                curves.add(new CurveChart.Curve(contestant, colour, merged(results)));
            }
            colour++;
        }
        return curves;
    }

    /** Of all rounds: a percentile is one of all their messages. */
    private static Histogram merged(final List<LoadResult> results) {
        final Histogram all = results.get(0).latency().histogram().copy();
        for (final LoadResult result : results.subList(1, results.size())) {
            all.add(result.latency().histogram());
        }
        return all;
    }

    static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
