package toggle;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.api.ResponseRenderer;
import java.nio.charset.StandardCharsets;

/** Has its own words for those who want plain text, and leaves the rest to the agent. */
public final class TextRenderer implements ResponseRenderer {

    @Override
    public Rendering render(RequestView request, Refusal refusal) {
        if (!refusal.mediaType().equals("text/plain")) {
            return null;
        }
        String text = request.path() + " is closed: " + refusal.message();
        return new Rendering("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
