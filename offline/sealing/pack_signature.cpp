#include "offline/sealing/pack_signature.hpp"

namespace offline::sealing {

base::Result<PackSigning> sign_pack(const std::string& folder, base::ByteView pack,
                                    const Signer& key) {
    constexpr unsigned public_mode = 0644;
    const std::string path = folder + "/pack.sig";
    const auto there = base::read_file(path);
    if (there && verify(key.public_key(), context::pack, pack, *there))
        return PackSigning::good_as_it_was;
    const auto signature = TRY(key.sign(context::pack, pack));
    TRY_STATUS(base::write_file(path, signature, public_mode));
    return there ? PackSigning::signed_anew : PackSigning::signed_first;
}

}  // namespace offline::sealing
