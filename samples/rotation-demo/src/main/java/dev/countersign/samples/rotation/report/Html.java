package dev.countersign.samples.rotation.report;

import java.util.List;
import java.util.Locale;

/** Text and tables as HTML. Thread-safe: no state. */
final class Html {

    private Html() {}

    /** {@code value} as plain text, whatever it holds. */
    static String text(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A count with thousands separated. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A table; cells are plain text, and those that look like numbers stand right. */
    static String table(List<String> heads, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        heads.forEach(head -> html.append("<th>").append(text(head)).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (String cell : row) {
                html.append(cell.matches("[\\d,]+") ? "<td class=\"number\">" : "<td>")
                        .append(text(cell))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }
}
