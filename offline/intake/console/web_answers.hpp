// What the console's server reads from a request and writes into an answer. Used by this folder
// alone.
#pragma once

#include <httplib.h>

#include <string>
#include <string_view>

namespace offline::intake::console {

std::string cookie_of(const httplib::Request& request, std::string_view name);
// Empty: it is taken back.
void set_cookie(httplib::Response& response, const std::string& name, const std::string& value);
void show(httplib::Response& response, int status, const std::string& page);
// So that going back or loading anew does nothing again.
void go_to(httplib::Response& response, const std::string& where);

}  // namespace offline::intake::console
