package com.acme.shop;

import java.io.IOException;
import java.util.List;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** POST orders what is in the cart; GET shows the last order of this session. */
public class OrderServlet extends ShopServlet {

    private static final long serialVersionUID = 1L;

    private static final int MAX_NAME_LENGTH = 100;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getSession().getAttribute("order") == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        show("order.jsp", request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String customer = request.getParameter("customer");
        if (customer == null || customer.trim().length() == 0 || customer.length() > MAX_NAME_LENGTH) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        HttpSession session = request.getSession();
        List<CartLine> lines = Cart.of(session).takeAll();
        if (lines.isEmpty()) {
            redirect("/cart", request, response);
            return;
        }
        session.setAttribute("order", orderBook().place(customer.trim(), lines));
        redirect("/order", request, response);
    }
}
