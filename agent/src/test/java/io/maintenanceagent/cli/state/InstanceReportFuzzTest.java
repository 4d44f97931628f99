package io.maintenanceagent.cli.state;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Any bytes are read as a report, with unknown members where they are none. */
class InstanceReportFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void parse_anyBytes_doesNotThrow(byte[] content) {
        read(content);
    }

    @Test
    void parse_mutations_doesNotThrow() {
        Fuzz.run(
                "instance report",
                InstanceReportFuzzTest::read,
                "{\"app\":\"shop\",\"host\":\"web1\",\"pid\":4711,\"version\":\"1\",\"source\":\"store\",\"since\":"
                        + "\"2026-11-22T22:00:00Z\",\"state\":{\"enabled\":true},\"hash\":\"f1b34e5e2cd98de2\","
                        + "\"maintenance\":true,\"override\":false,\"drained\":false,\"blocking\":2,"
                        + "\"inFlight\":{\"sync\":1,"
                        + "\"async\":2,\"preAttach\":0,\"exempt\":0},\"oldest\":{\"method\":\"GET\","
                        + "\"path\":\"/x\",\"seconds\":7},"
                        + "\"passed\":3,\"exempt\":0,\"refused\":9,\"woven\":4,\"fault\":\"f\"}",
                "{}",
                "[]",
                "1");
    }

    private static void read(byte[] content) {
        InstanceReport report = InstanceReport.of("name", content);
        report.label();
        report.word();
        report.compact();
        report.source();
        report.hash();
        report.fault();
        report.drained();
        report.blocking();
        report.refused();
        report.inFlight();
        report.oldest();
        report.since();
    }
}
