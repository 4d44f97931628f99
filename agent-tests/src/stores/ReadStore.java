import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.store.StateStores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Prints what a store holds, or why it cannot be read. */
final class ReadStore {

    private ReadStore() {}

    public static void main(String[] args) {
        try (StateStore store = new StateStores(Collections.emptyList()).open(URI.create(args[0]))) {
            System.out.println("READ " + new String(store.read(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            System.out.println("READ " + e.getMessage());
        }
    }
}
