package everything;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A controller of Micronaut's for every path; beans have to be in a package, which sees none that are not. */
@Controller
public class Everything {

    /** Answers a request with a body. */
    public static BiFunction<HttpRequest<?>, byte[], CompletableFuture<HttpResponse<?>>> answers;

    @Get(uri = "/{path:.*}", produces = MediaType.ALL)
    CompletableFuture<HttpResponse<?>> get(HttpRequest<?> request, @Nullable String path) {
        return answers.apply(request, new byte[0]);
    }

    @Post(uri = "/{path:.*}", consumes = MediaType.ALL, produces = MediaType.ALL)
    CompletableFuture<HttpResponse<?>> post(HttpRequest<?> request, @Nullable String path, @Body byte[] body) {
        return answers.apply(request, body);
    }

    @Delete(uri = "/{path:.*}", consumes = MediaType.ALL, produces = MediaType.ALL)
    CompletableFuture<HttpResponse<?>> delete(HttpRequest<?> request, @Nullable String path) {
        return answers.apply(request, new byte[0]);
    }
}
