package io.maintenanceagent.tests.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP request, immutable.
 *
 * @param method the method
 * @param target the request target, sent as it is
 * @param headers lines like {@code Accept: text/html}; Host and Content-Length are added
 * @param body the body, may be empty
 */
public record Request(String method, String target, List<String> headers, byte[] body) {

    public static Request get(String target) {
        return of("GET", target);
    }

    /** A request without headers and body. */
    public static Request of(String method, String target) {
        return new Request(method, target, List.of(), new byte[0]);
    }

    public static Request post(String target, String contentType, byte[] body) {
        return new Request("POST", target, List.of("Content-Type: " + contentType), body);
    }

    /** The same with one more header. */
    public Request with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Request(method, target, List.copyOf(more), body);
    }

    public byte[] bytes(int port) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
