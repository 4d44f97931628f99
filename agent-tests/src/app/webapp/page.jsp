<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<% shop.Entries.count(); %>A page: <%= 6 * 7 %>
