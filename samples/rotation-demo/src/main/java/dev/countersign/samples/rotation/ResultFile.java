package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.report.Report;
import dev.countersign.samples.rotation.report.ReportData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two files that a run leaves: the verdict and the report. */
final class ResultFile {

    private final Path result;
    private final Path report;

    /** Both files in {@code target}, created if need be. A run that is cut short leaves a failure, not an old success. */
    ResultFile(Path target) throws IOException {
        Files.createDirectories(target);
        this.result = target.resolve("rotation-result.txt");
        this.report = target.resolve("report.html");
        Files.deleteIfExists(report);
        write(interrupted());
    }

    /** The result of a run that did not come to its end. */
    RotationResult interrupted() {
        return RotationResult.failure("UNKNOWN", 0, "the demo was interrupted");
    }

    void write(RotationResult verdict) throws IOException {
        Files.writeString(result, verdict.line() + "\n");
    }

    void writeReport(ReportData data) throws IOException {
        Files.writeString(report, Report.html(data));
        System.out.println("Report: " + report);
    }
}
