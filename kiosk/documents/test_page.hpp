// What a printer is tried with: rare characters, ambiguous ones, symbols and a code. Pure.
#pragma once

#include "documents/documents.hpp"

namespace documents {

ReceiptDocument test_page(bool training);

}  // namespace documents
