<% Order order = (Order) session.getAttribute("order"); %>
<h1>Order <%= order.getNumber() %></h1>
<p>Thank you, <%= Html.escape(order.getCustomer()) %>. We are packing <%= order.getPieces() %> piece(s) for you.</p>
