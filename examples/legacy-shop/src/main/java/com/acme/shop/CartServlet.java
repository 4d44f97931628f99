package com.acme.shop;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** GET shows the cart; POST adds to it (id, quantity) or removes from it (remove=id). */
public class CartServlet extends ShopServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        show("cart.jsp", request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Cart cart = Cart.of(request.getSession());
        String removed = request.getParameter("remove");
        if (removed != null) {
            cart.remove(removed);
        } else {
            Item item = catalogue().find(request.getParameter("id"));
            int quantity = parseQuantity(request.getParameter("quantity"));
            if (item == null || quantity < 1 || quantity > Cart.MAX_QUANTITY) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                return;
            }
            cart.add(item, quantity);
        }
        redirect("/cart", request, response);
    }

    /** Returns 0 for what is no number. */
    private static int parseQuantity(String value) {
        if (value == null) {
            return 1;
        }
        try {
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
