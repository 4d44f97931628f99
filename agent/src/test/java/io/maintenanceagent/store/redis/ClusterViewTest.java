package io.maintenanceagent.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.store.remote.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

    private static final Endpoint ASKED = new Endpoint("asked", 1);

    private static final String NODES = "aa 10.0.0.1:7001@17001 myself,master - 0 0 4 connected 0-5460\n"
            + "bb 10.0.0.2:7002@17002,host2 master - 0 1 9 connected 5461-10922\n"
            + "cc :7003@17003 master - 0 1 3 connected 10923-16383 [93-<-aa]\n"
            + "dd 10.0.0.4:7004@17004 slave bb 0 1 9 connected\n"
            + "ee :0@0 master,noaddr - 0 1 2 disconnected\n";

    private final List<Object> slots = Arrays.asList(
            range(0, 5460, node("10.0.0.1", 7001, "aa")),
            range(5461, 10922, node("?", 7002, "bb"), node("10.0.0.4", 7004, "dd")),
            range(10923, 16000, node("", 7003, "cc")),
            range(16001, 16383, node(null, 7003, "cc")));

    @Test
    void owner_slot_isTheMasterOfItsRange() {
        ClusterView first = view(0);
        assertEquals(new Endpoint("10.0.0.1", 7001), first.owner());
        assertEquals("aa", first.ownerId());
        assertEquals(4, first.epoch());
        assertEquals(2, first.otherMasters().size());
        assertEquals(new Endpoint("10.0.0.1", 7001), view(5460).owner());
        assertEquals(9, view(5461).epoch());
    }

    @Test
    void owner_withoutAddress_isTheNodeThatWasAsked() {
        assertEquals(new Endpoint("asked", 7003), view(10923).owner());
        assertEquals(new Endpoint("asked", 7003), view(16383).owner());
        assertEquals(new Endpoint("10.0.0.2", 7002), view(6000).owner(), "a name that is not known yet");
    }

    @Test
    void owner_noNode_isNone() {
        ClusterView empty = new ClusterView(List.of(), "aa :7001@17001 myself,master - 0 0 0 connected\n", 5, ASKED);
        assertNull(empty.owner());
        assertNull(empty.ownerId());
        assertEquals(List.of(), empty.otherMasters());
    }

    private ClusterView view(int slot) {
        return new ClusterView(slots, NODES, slot, ASKED);
    }

    private static Object range(long from, long to, Object... nodes) {
        List<Object> range = new ArrayList<>(List.of(from, to));
        range.addAll(List.of(nodes));
        return range;
    }

    private static Object node(String host, long port, String id) {
        return Arrays.asList(host == null ? null : host.getBytes(UTF_8), port, id.getBytes(UTF_8));
    }
}
