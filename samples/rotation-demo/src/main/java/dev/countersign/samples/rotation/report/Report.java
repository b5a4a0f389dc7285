package dev.countersign.samples.rotation.report;

import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.account.Phases.Phase;
import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.report.ReportData.ClientLine;
import dev.countersign.samples.rotation.report.ReportData.EnvironmentKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fills the report page: one file, nothing loaded from anywhere. Not thread-safe. */
public final class Report {

    private final ReportData data;
    private final int generations;
    private final Map<String, Integer> generationByKey = new HashMap<>();

    private Report(ReportData data) {
        this.data = data;
        for (EnvironmentKeys environment : data.environments()) {
            for (int i = 0; i < environment.keyIds().size(); i++) {
                generationByKey.put(environment.keyIds().get(i), i);
            }
        }
        this.generations = data.environments().stream()
                .mapToInt(environment -> environment.keyIds().size())
                .max()
                .orElse(0);
    }

    /** The page. */
    public static String html(ReportData data) {
        Report report = new Report(data);
        Map<String, String> parts = new LinkedHashMap<>();
        RotationResult result = data.result();
        parts.put("STATE", result.isOk() ? "ok" : "failed");
        parts.put("VERDICT", result.isOk() ? "Rotation OK" : "Rotation failed");
        parts.put("WAY", data.overlap() ? "old and new key overlap" : "the secret is replaced at once");
        parts.put("LINE", Html.text(result.line()));
        parts.put("FIGURES", figures(result));
        parts.put("LEGEND", report.legend());
        parts.put(
                "TIMELINE",
                Chart.full(report.timeline(data.rows()).addRefused(data.refusals()), data.phases(), data.outages()));
        parts.put("PHASES", report.phaseList());
        parts.put("ENVIRONMENTS", report.environments());
        parts.put("CLIENTS", report.clients());
        parts.put("FORGER", report.forger());
        String page = template();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            page = page.replace("{{" + part.getKey() + "}}", part.getValue());
        }
        return page;
    }

    private Timeline timeline(List<StoredEvent> rows) {
        return new Timeline(data.startedAt(), data.endedAt(), generations).addVerified(rows, generationByKey);
    }

    private static String figures(RotationResult result) {
        return figure("tracked", result.tracked(), false)
                + figure("stored", result.stored(), result.stored() != result.tracked())
                + figure("rejected", result.rejected(), result.rejected() > 0)
                + figure("lost", result.lost(), result.lost() > 0)
                + figure("duplicates", result.duplicates(), result.duplicates() > 0)
                + figure("forged, sent", result.forgedSent(), false)
                + figure("forged, accepted", result.forgedAccepted(), result.forgedAccepted() > 0);
    }

    private static String figure(String name, long value, boolean bad) {
        return "<div" + (bad ? " class=\"bad\"" : "") + "><dt>" + name + "</dt><dd>" + Html.count(value)
                + "</dd></div>";
    }

    private String legend() {
        StringBuilder html = new StringBuilder();
        for (int i = 1; i <= generations; i++) {
            html.append("<li><i class=\"k" + i + "\"></i>K" + i + "</li>");
        }
        return html.append("<li><i class=\"refused\"></i>refused (honest clients)</li>")
                .toString();
    }

    private String phaseList() {
        return data.phases().stream()
                .filter(phase -> phase.rotation() == 1)
                .map(Phase::name)
                .map(name -> "<li>" + Html.text(name) + "</li>")
                .collect(Collectors.joining());
    }

    private String environments() {
        return data.environments().stream()
                .map(environment -> "<figure><figcaption>" + Html.text(environment.name())
                        + "</figcaption><div class=\"scroll\">"
                        + Chart.small(timeline(rowsOf(environment)), environment.name()) + "</div></figure>")
                .collect(Collectors.joining());
    }

    private List<StoredEvent> rowsOf(EnvironmentKeys environment) {
        return data.rows().stream()
                .filter(row -> row.environment().equals(environment.id()))
                .toList();
    }

    private String clients() {
        List<List<String>> rows = new ArrayList<>();
        for (ClientLine client : data.clients()) {
            rows.add(List.of(
                    client.name(),
                    client.environment(),
                    client.backEnd(),
                    client.habit(),
                    Html.count(client.account().tracked()),
                    Html.count(client.account().accepted()),
                    Html.count(client.account().rejectedTotal()),
                    Html.count(client.account().dropped()),
                    Html.count(client.account().queued())));
        }
        return Html.table(
                List.of(
                        "client",
                        "proof",
                        "logs in at",
                        "habit",
                        "tracked",
                        "accepted",
                        "refused",
                        "dropped",
                        "queued"),
                rows);
    }

    private String forger() {
        ForgerAccount forger = data.forger();
        List<List<String>> rows = new ArrayList<>();
        forger.answers()
                .forEach((kind, answers) -> rows.add(List.of(
                        kind,
                        Html.count(answers.values().stream()
                                .mapToLong(Long::longValue)
                                .sum()),
                        Html.count(answers.getOrDefault(ForgerAccount.ACCEPTED, 0L)),
                        answers.entrySet().stream()
                                .map(answer -> answer.getKey() + " " + Html.count(answer.getValue()))
                                .collect(Collectors.joining(", ")))));
        return Html.table(List.of("kind of forgery", "sent", "accepted", "answers"), rows);
    }

    private static String template() {
        try (InputStream in = Report.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("report.html is missing from this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
