package io.maintenanceagent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdmitTest {

    private static final Instant FROM = Instant.parse("2026-11-22T22:00:00Z");
    private static final long BEGIN = FROM.toEpochMilli();
    private static final long LENGTH = 120_000;

    private static State ramp(int start) {
        return new State.Builder(true)
                .window(FROM, FROM.plusMillis(LENGTH))
                .admit(Admit.ramp(start))
                .build();
    }

    @Test
    void shareAt_percent_staysAsItIs() {
        State state = new State.Builder(true).admit(Admit.percent(10)).build();
        assertEquals(Admit.ALL / 10, state.shareAt(BEGIN));
        assertEquals(state.shareAt(BEGIN), state.shareAt(Long.MAX_VALUE));
        assertEquals(
                Admit.ALL,
                new State.Builder(true).admit(Admit.percent(100)).build().shareAt(BEGIN));
        assertEquals(0, State.ON.shareAt(BEGIN));
    }

    @Test
    void shareAt_ramp_growsEvenlyFromItsStartToAll() {
        State state = ramp(0);
        assertEquals(0, state.shareAt(BEGIN));
        assertEquals(Admit.ALL / 4, state.shareAt(BEGIN + LENGTH / 4));
        assertEquals(Admit.ALL / 2, state.shareAt(BEGIN + LENGTH / 2));
        assertEquals(Admit.ALL, state.shareAt(BEGIN + LENGTH));
        assertEquals(0, state.shareAt(BEGIN - 1000));
        assertEquals(Admit.ALL, state.shareAt(BEGIN + 10 * LENGTH));
        long before = -1;
        for (long at = BEGIN; at <= BEGIN + LENGTH; at += 7) {
            assertTrue(ramp(20).shareAt(at) >= Admit.ALL / 5 && state.shareAt(at) >= before);
            before = state.shareAt(at);
        }
    }

    /** What a refused client is told is when it is let in, and not a second earlier. */
    @Test
    void turnMillis_isWhenTheShareReachesThePosition() {
        for (int start : new int[] {0, 10, 99}) {
            State state = ramp(start);
            for (long position = state.shareAt(BEGIN); position < Admit.ALL; position += Admit.ALL / 997) {
                long turn = state.admit().turnMillis(state, position);
                assertTrue(state.shareAt(turn) > position, () -> "let in at its turn");
                assertTrue(state.shareAt(turn - 2) <= position, () -> "not let in before");
            }
        }
    }

    @Test
    void saltIn_noSalt_isTheWindow() {
        State state = ramp(0);
        assertEquals("from 2026-11-22T22:00:00Z", state.admit().saltIn(state));
        assertEquals("x", state.admit().salted("x").saltIn(state));
        assertEquals("", Admit.percent(1).saltIn(State.ON));
    }

    @Test
    void shown_hasATenthWhereThereIsOne() {
        assertEquals("0", Admit.shown(0));
        assertEquals("12.5", Admit.shown(Admit.ALL / 8));
        assertEquals("100", Admit.shown(Admit.ALL));
    }
}
