package io.maintenanceagent.server.netty.handler;

import io.maintenanceagent.server.ForwardableExchange;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A request that was let in: by this object the agent knows it until its response is sent. */
public final class AdmittedRequest implements Runnable, ForwardableExchange.Marked {

    private List<String> headers = Collections.emptyList();
    private volatile String mark; // null where there is no other server
    private volatile ChannelHandlerContext stream; // null until an event stream is sent

    /** Keeps a header for the response, which the application may set otherwise. */
    void keepHeader(String name, String value) {
        if (headers.isEmpty()) {
            headers = new ArrayList<String>();
        }
        headers.add(name);
        headers.add(value);
    }

    /** Keeps what marks it for other servers of this JVM. */
    void keepMark(String text) {
        mark = text;
    }

    @Override
    public String mark() {
        return mark;
    }

    /** Puts them into its response, those apart that the application has set; there may be more than one cookie. */
    private void addKeptHeaders(HttpResponse response) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase("Set-Cookie")
                    || !response.headers().contains(headers.get(i))) {
                response.headers().add(headers.get(i), headers.get(i + 1));
            }
        }
    }

    /** Its response is about to begin. */
    void begins(HttpResponse response, ChannelHandlerContext context) {
        addKeptHeaders(response);
        String type = response.headers().get("Content-Type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            stream = context;
        }
    }

    /** Returns whether its response is an event stream. For any thread. */
    public boolean isEventStream() {
        return stream != null;
    }

    /**
     * Ends the event stream in order, and the connection with it: what follows would be none. For any thread.
     *
     * @return whether it was not ended before
     */
    public boolean endStream() {
        final ChannelHandlerContext context = stream;
        if (context == null) {
            return false;
        }
        stream = null;
        context.executor().execute(new Runnable() {
            @Override
            public void run() {
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
            }
        });
        return true;
    }

    /** {@inheritDoc} The request is over: an entry point, which tells the agent. */
    @Override
    public void run() {}
}
