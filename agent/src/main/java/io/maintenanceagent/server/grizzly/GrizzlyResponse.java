package io.maintenanceagent.server.grizzly;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.UncheckedCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/** Grizzly's response, which is finished when its handlers are. */
final class GrizzlyResponse implements ResponseSink {

    private final Object response;
    private final GrizzlyMethods handles;

    GrizzlyResponse(Object response, GrizzlyMethods handles) {
        this.response = response;
        this.handles = handles;
    }

    @Override
    public boolean isCommitted() {
        return (Boolean) get(handles.isCommitted, response);
    }

    @Override
    public void setHeader(String name, String value) {
        try {
            handles.setHeader.invokeExact(response, name, value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void reset() {
        get(handles.reset, response);
    }

    @Override
    public void send(RequestView request, RenderedResponse reply) throws IOException {
        List<String> headers = KeptHeaders.with(headers(), reply.headers());
        reset();
        byte[] body = reply.body();
        try {
            handles.setStatus.invokeExact(response, reply.status());
            for (int i = 0; i < headers.size(); i += 2) {
                if (KeptHeaders.isFirst(headers, i)) {
                    setHeader(headers.get(i), headers.get(i + 1));
                } else {
                    handles.addHeader.invokeExact(response, headers.get(i), headers.get(i + 1));
                }
            }
            if (body != null) {
                handles.setContentType.invokeExact(response, reply.contentType());
                handles.setContentLength.invokeExact(response, body.length);
            }
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        if (body != null && !request.method().equals("HEAD")) {
            ((OutputStream) get(handles.getOutputStream, response)).write(body);
        }
    }

    /** Names and values in turn of what is in the response. */
    private List<String> headers() {
        List<String> all = new ArrayList<String>();
        String[] names = (String[]) get(handles.getHeaderNames, response);
        try {
            for (String name : new LinkedHashSet<String>(Arrays.asList(names))) {
                for (String value : (String[]) (Object) handles.getHeaderValues.invokeExact(response, name)) {
                    all.add(name);
                    all.add(value);
                }
            }
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        return all;
    }
}
