package io.maintenanceagent.tests.harness;

import java.util.List;
import java.util.stream.Stream;

/**
 * A cell of the test matrix. The methods are for JUnit's {@code @MethodSource}.
 *
 * @param server the server under the application
 * @param jdk the JDK under the server
 */
public record Cell(Server server, Jdk jdk) {

    /** All servers on the running JDK. */
    public static Stream<Cell> running() {
        return of(List.of(Jdk.running()));
    }

    /**
     * For what takes long: each server once, on the JDKs that are tested in turn; all of them where tests run on every
     * JDK that is found.
     */
    public static Stream<Cell> inTurn() {
        List<Jdk> jdks = Jdk.runningAndNewest();
        if (Jdk.areAllTested()) {
            return of(jdks);
        }
        return Stream.of(Server.values())
                .map(server -> new Cell(server, jdks.get(server.ordinal() % jdks.size())))
                .filter(cell -> cell.server.runsOn(cell.jdk));
    }

    /** One server on the running JDK, for what does not depend on the server. */
    public static Cell any() {
        return new Cell(Server.TOMCAT_11, Jdk.running());
    }

    /**
     * The server on the newest JDK, since most tests run on the other; on all of them where tests run on every JDK that
     * is found. Another one where it does not run.
     */
    public static Stream<Cell> of(Server server) {
        List<Jdk> jdks = Jdk.runningAndNewest();
        return jdks.stream()
                .skip(Jdk.areAllTested() ? 0 : jdks.size() - 1)
                .map(jdk -> new Cell(server.runsOn(jdk) ? server : Server.TOMCAT_9, jdk));
    }

    private static Stream<Cell> of(List<Jdk> jdks) {
        return jdks.stream()
                .flatMap(jdk -> Stream.of(Server.values())
                        .filter(server -> server.runsOn(jdk))
                        .map(server -> new Cell(server, jdk)));
    }

    @Override
    public String toString() {
        return server + " on " + jdk;
    }
}
