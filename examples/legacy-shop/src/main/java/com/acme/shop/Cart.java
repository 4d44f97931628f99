package com.acme.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.servlet.http.HttpSession;

/** The cart of one session. Synchronized, because one browser may send several requests at once. */
public class Cart implements Serializable {

    public static final int MAX_QUANTITY = 99;

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = "cart";

    private final LinkedHashMap<String, CartLine> lines = new LinkedHashMap<String, CartLine>();

    /** Returns the cart of the session, which gets a new one if it has none. */
    public static Cart of(HttpSession session) {
        synchronized (session) {
            Cart cart = (Cart) session.getAttribute(ATTRIBUTE);
            if (cart == null) {
                cart = new Cart();
                session.setAttribute(ATTRIBUTE, cart);
            }
            return cart;
        }
    }

    public synchronized void add(Item item, int quantity) {
        CartLine line = lines.get(item.getId());
        int total = quantity + (line == null ? 0 : line.getQuantity());
        lines.put(item.getId(), new CartLine(item, Math.min(total, MAX_QUANTITY)));
    }

    public synchronized void remove(String itemId) {
        lines.remove(itemId);
    }

    /** Empties the cart and returns what was in it. */
    public synchronized List<CartLine> takeAll() {
        List<CartLine> taken = getLines();
        lines.clear();
        return taken;
    }

    public synchronized List<CartLine> getLines() {
        return new ArrayList<CartLine>(lines.values());
    }

    public synchronized int getSize() {
        int size = 0;
        for (CartLine line : lines.values()) {
            size += line.getQuantity();
        }
        return size;
    }

    public BigDecimal getTotal() {
        BigDecimal total = BigDecimal.ZERO;
        for (CartLine line : getLines()) {
            total = total.add(line.getTotal());
        }
        return total;
    }
}
