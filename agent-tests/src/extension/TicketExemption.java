package toggle;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;

/** Lets those pass who have a ticket, and fails with those who have a broken one. */
public final class TicketExemption implements Exemption {

    @Override
    public boolean exempts(RequestView request) {
        String ticket = request.header("X-Ticket");
        if ("broken".equals(ticket)) {
            throw new IllegalStateException("as asked");
        }
        return "valid".equals(ticket);
    }
}
