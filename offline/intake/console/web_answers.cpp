#include "offline/intake/console/web_answers.hpp"

#include "offline/intake/console/html.hpp"

namespace offline::intake::console {

using httplib::Request;
using httplib::Response;

std::string cookie_of(const Request& request, std::string_view name) {
    return cookie_field(request.get_header_value("Cookie"), name);
}

void set_cookie(Response& response, const std::string& name, const std::string& value) {
    response.headers.emplace(
        "Set-Cookie", name + "=" + value + "; Path=/console; HttpOnly; Secure; SameSite=Strict" +
                          (value.empty() ? "; Max-Age=0" : ""));
}

void show(Response& response, int status, const std::string& page) {
    response.status = status;
    response.set_content(page, "text/html; charset=utf-8");
}

void go_to(Response& response, const std::string& where) {
    response.status = 303;
    response.set_header("Location", where);
}

}  // namespace offline::intake::console
