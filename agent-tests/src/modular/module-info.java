/** An application that is a module. */
module market {
    requires org.apache.tomcat.embed.core;

    exports market;
}
