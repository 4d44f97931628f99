import java.io.File;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Deploys an application on an embedded Tomcat, visits it and takes it away again, many times; then says how many of
 * its class loaders are left. Arguments: exploded WAR, context path, how many times, paths to visit.
 */
final class RedeployLauncher {

    private static final int COLLECTIONS = 50;

    private RedeployLauncher() {}

    public static void main(String[] args) throws Exception {
        // The server's own jars, over and over: an application starts as soon as it is added to a running host.
        System.setProperty("tomcat.util.scan.StandardJarScanFilter.jarsToSkip", "*.jar");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setConnector(connector);
        tomcat.start();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        int[] statuses = new int[600];
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            loaders.add(round(tomcat, connector, args, statuses));
        }
        long left = 0;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            left = loaders.stream().filter(loader -> loader.get() != null).count();
            if (left <= 1) {
                break;
            }
            Thread.sleep(100);
        }
        System.out.println(
                "LEFT " + left + " of " + loaders.size() + ", 200: " + statuses[200] + ", 503: " + statuses[503]);
        System.exit(0);
    }

    private static WeakReference<ClassLoader> round(Tomcat tomcat, Connector connector, String[] args, int[] statuses)
            throws Exception {
        Context context = tomcat.addWebapp(args[1], new File(args[0]).getAbsolutePath());
        WeakReference<ClassLoader> loader =
                new WeakReference<>(context.getLoader().getClassLoader());
        for (int i = 3; i < args.length; i++) {
            HttpURLConnection connection = (HttpURLConnection)
                    new URL("http://127.0.0.1:" + connector.getLocalPort() + args[1] + args[i]).openConnection();
            statuses[connection.getResponseCode()]++;
            connection.disconnect();
        }
        tomcat.getHost().removeChild(context); // which stops and destroys it
        return loader;
    }
}
