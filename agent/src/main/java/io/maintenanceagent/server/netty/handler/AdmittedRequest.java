package io.maintenanceagent.server.netty.handler;

import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A request that was let in: by this object the agent knows it until its response is sent. */
final class AdmittedRequest implements Runnable {

    private List<String> headers = Collections.emptyList();

    /** Keeps a header for the response, which the application may set otherwise. */
    void keepHeader(String name, String value) {
        if (headers.isEmpty()) {
            headers = new ArrayList<String>();
        }
        headers.add(name);
        headers.add(value);
    }

    /** Puts them into its response, those apart that the application has set; there may be more than one cookie. */
    void addKeptHeaders(HttpResponse response) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase("Set-Cookie")
                    || !response.headers().contains(headers.get(i))) {
                response.headers().add(headers.get(i), headers.get(i + 1));
            }
        }
    }

    /** {@inheritDoc} The request is over: an entry point, which tells the agent. */
    @Override
    public void run() {}
}
