package com.acme.shop;

import java.io.Serializable;
import java.math.BigDecimal;

/** A number of pieces of one item. */
public class CartLine implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Item item;
    private final int quantity;

    public CartLine(Item item, int quantity) {
        this.item = item;
        this.quantity = quantity;
    }

    public Item getItem() {
        return item;
    }

    public int getQuantity() {
        return quantity;
    }

    public BigDecimal getTotal() {
        return item.getPrice().multiply(BigDecimal.valueOf(quantity));
    }
}
