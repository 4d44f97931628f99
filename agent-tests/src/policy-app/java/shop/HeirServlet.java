package shop;

/** Marked by what it extends. */
public class HeirServlet extends AlwaysServlet {}
