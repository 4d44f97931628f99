package com.acme.shop;

import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;

/** Creates what all servlets share. */
public class ShopContextListener implements ServletContextListener {

    private static final String CATALOGUE = "catalogue";
    private static final String ORDER_BOOK = "orderBook";

    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        context.setAttribute(CATALOGUE, new Catalogue());
        context.setAttribute(ORDER_BOOK, new OrderBook());
    }

    public void contextDestroyed(ServletContextEvent event) {
        event.getServletContext().removeAttribute(CATALOGUE);
        event.getServletContext().removeAttribute(ORDER_BOOK);
    }

    static Catalogue catalogue(ServletContext context) {
        return (Catalogue) context.getAttribute(CATALOGUE);
    }

    static OrderBook orderBook(ServletContext context) {
        return (OrderBook) context.getAttribute(ORDER_BOOK);
    }
}
