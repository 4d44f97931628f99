package com.acme.shop;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What the servlets of the shop have in common. */
public abstract class ShopServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    protected Catalogue catalogue() {
        return ShopContextListener.catalogue(getServletContext());
    }

    protected OrderBook orderBook() {
        return ShopContextListener.orderBook(getServletContext());
    }

    protected void show(String jsp, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher("/WEB-INF/jsp/" + jsp).forward(request, response);
    }

    /** Sends the browser on after a POST, so that reloading the page does not repeat it. */
    protected void redirect(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(response.encodeRedirectURL(request.getContextPath() + path));
    }
}
