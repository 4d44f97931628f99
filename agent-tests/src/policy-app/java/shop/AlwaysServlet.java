package shop;

/** Marked. */
@Always
public class AlwaysServlet extends NamedServlet {}
