// What a printer is tried with: rare characters, ambiguous ones, symbols and a code. Pure.
#pragma once

#include "documents/documents.hpp"

namespace documents {

// `code`: stands in the QR code and below it, so that this very page can be told from others;
// empty: a code that any page has.
ReceiptDocument test_page(bool training, const std::string& code = {});

}  // namespace documents
