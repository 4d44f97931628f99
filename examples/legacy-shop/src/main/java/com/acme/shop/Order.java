package com.acme.shop;

import java.io.Serializable;
import java.util.List;

/** A placed order. */
public class Order implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int number;
    private final String customer;
    private final int pieces;

    public Order(int number, String customer, List<CartLine> lines) {
        this.number = number;
        this.customer = customer;
        int sum = 0;
        for (CartLine line : lines) {
            sum += line.getQuantity();
        }
        this.pieces = sum;
    }

    public int getNumber() {
        return number;
    }

    public String getCustomer() {
        return customer;
    }

    public int getPieces() {
        return pieces;
    }
}
