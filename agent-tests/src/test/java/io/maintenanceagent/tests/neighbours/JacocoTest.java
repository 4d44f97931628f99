package io.maintenanceagent.tests.neighbours;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beside JaCoCo, whose report knows a class by its bytes, and must not count what was woven into it. */
final class JacocoTest {

    @ParameterizedTest
    @EnumSource
    void theReportIsOfTheClassesAsTheyWere(Order order) throws IOException {
        Path jacoco = Project.serverJars("jacoco").get(0);
        Path data = Project.newDirectory("jacoco").resolve("jacoco.exec");
        order.open(Cell.any(), command -> command.agent(jacoco, "destfile=" + data))
                .close();

        ExecFileLoader executed = new ExecFileLoader();
        executed.load(data.toFile());
        CoverageBuilder report = new CoverageBuilder();
        Path classes = TestApplication.exploded(Namespace.JAKARTA).resolve("WEB-INF/classes");
        new Analyzer(executed.getExecutionDataStore(), report).analyzeAll(classes.toFile());

        assertEquals(List.of(), List.copyOf(report.getNoMatchClasses()));
        Map<String, IClassCoverage> covered =
                report.getClasses().stream().collect(Collectors.toMap(IClassCoverage::getName, type -> type));
        for (String entered : List.of("RawServlet", "GreetingServlet", "VirtualPathFilter")) {
            IClassCoverage type = covered.get("shop/" + entered);
            type.getMethods().stream()
                    .filter(method -> method.getName().matches("service|doGet|doFilter"))
                    .forEach(method -> {
                        String what = entered + "." + method.getName();
                        assertEquals(0, method.getInstructionCounter().getMissedCount(), what);
                        assertEquals(0, method.getBranchCounter().getMissedCount(), what);
                    });
        }
        assertEquals(
                0, covered.get("shop/NoticeServlet").getInstructionCounter().getCoveredCount());
    }
}
