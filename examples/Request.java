import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** {@code java Request.java URL}: prints a response with its headers, as {@code curl -i} does. */
public final class Request {

    private Request() {}

    public static void main(String[] arguments) throws Exception {
        HttpResponse<String> response = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(arguments[0]))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString());
        System.out.println("HTTP/1.1 " + response.statusCode());
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> System.out.println(name + ": " + value)));
        System.out.println();
        System.out.println(response.body());
    }
}
