package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.report.Report;
import dev.countersign.samples.rotation.report.ReportData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run leaves: the verdict, a mark if it is OK, and the report. */
final class ResultFiles {

    private final Path result;
    private final Path report;
    private final Path okMark;

    /** The files in {@code target}, created if need be. A run that is cut short leaves a failure, not an old success. */
    ResultFiles(Path target) throws IOException {
        Files.createDirectories(target);
        this.result = target.resolve("rotation-result.txt");
        this.report = target.resolve("report.html");
        this.okMark = target.resolve("rotation-ok");
        Files.deleteIfExists(report);
        write(interrupted());
    }

    /** The result of a run that did not come to its end. */
    RotationResult interrupted() {
        return RotationResult.failure("UNKNOWN", 0, "the demo was interrupted");
    }

    /** Writes the verdict; the mark beside it, which the build looks for, is there only if the verdict is OK. */
    void write(RotationResult verdict) throws IOException {
        Files.writeString(result, verdict.line() + "\n");
        Files.deleteIfExists(okMark);
        if (verdict.isOk()) {
            Files.createFile(okMark);
        }
    }

    void writeReport(ReportData data) throws IOException {
        Files.writeString(report, Report.html(data));
        System.out.println("Report: " + report);
    }
}
