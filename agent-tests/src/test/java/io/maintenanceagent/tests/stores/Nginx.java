package io.maintenanceagent.tests.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An nginx that gives files, below {@code /dav/} takes PUT and DELETE as well, and below {@code /old/} redirects. */
final class Nginx extends Engine {

    private Nginx() {
        super("nginx");
    }

    static Nginx running() {
        Nginx nginx = new Nginx();
        nginx.configure();
        nginx.start();
        return nginx;
    }

    private void configure() {
        String configuration = """
                daemon off;
                master_process off;
                pid @/nginx.pid;
                error_log @/error.log;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  client_body_temp_path @/t1; proxy_temp_path @/t2; fastcgi_temp_path @/t3;
                  uwsgi_temp_path @/t4; scgi_temp_path @/t5;
                  server {
                    listen 127.0.0.1:PORT;
                    root @/www;
                    location /dav/ { dav_methods PUT DELETE; }
                    location /old/ { return 302 /dav/state; }
                    location /private/ { auth_basic "x"; auth_basic_user_file @/users; }
                  }
                }
                """;
        try {
            for (String path : List.of("www/dav", "www/private")) {
                Files.createDirectories(directory.resolve(path));
            }
            Files.writeString(directory.resolve("users"), "me:{PLAIN}pass\n");
            Files.writeString(
                    directory.resolve("nginx.conf"),
                    configuration.replace("@", directory.toString()).replace("PORT", "" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String path) {
        return directory.resolve("www").resolve(path);
    }

    @Override
    List<String> command() {
        return List.of(program("nginx/usr/sbin/nginx"), "-p", directory + "/", "-c", directory + "/nginx.conf");
    }

    @Override
    boolean answers() {
        return !ask("GET", "/", "").startsWith("0 ");
    }

    @Override
    String uri(String key) {
        return url("/" + key);
    }
}
