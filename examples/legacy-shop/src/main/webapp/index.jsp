<jsp:forward page="/catalogue"/>
