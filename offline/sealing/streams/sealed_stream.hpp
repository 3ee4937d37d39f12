// Attachments are sealed while they are captured, record by record, so no plaintext ever waits for
// its end and no record can be left out, moved or taken from another stream:
//   CWS1 | suite 1 | realm 1 | kid 8 | wrapped data key | beginning | record | record …
// A record holds 64 KiB of content; content is padded with 0x80 00 … to a multiple of that, so the
// size tells 64 KiB steps only. The last record is marked inside what is authenticated. Bound to
// every record are the first 14 bytes, the submission and the attachment. One thread each.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string_view>

namespace offline::sealing {

inline constexpr std::string_view stream_magic = "CWS1";

using AttachmentId = std::array<std::uint8_t, 16>;
struct StreamPlace {
    domain::SubId sub_id;
    AttachmentId attachment{};
};

class StreamSealer {
  public:
    // KeyAbsent: not a usable key.
    static base::Result<StreamSealer> begin(domain::Realm realm, const PublicKey& to,
                                            const StreamPlace& place);
    StreamSealer(StreamSealer&&) = default;
    StreamSealer& operator=(StreamSealer&&) = delete;
    ~StreamSealer();

    // The sealed bytes that became complete, the head of the stream first; may be empty.
    base::Result<base::Bytes> append(base::ByteView content);
    base::Result<base::Bytes> finish();  // once; nothing after it

    // Of everything given out so far: what the manifest says about the attachment.
    std::int64_t length() const { return length_; }
    Digest digest();  // once, after finish()

  private:
    StreamSealer(std::unique_ptr<RecordSealer> records, std::unique_ptr<Hasher> hash)
        : records_(std::move(records)), hash_(std::move(hash)) {}
    base::Status seal_record(bool last, base::Bytes& out);
    base::Bytes given_out(base::Bytes bytes);

    std::unique_ptr<RecordSealer> records_;
    std::unique_ptr<Hasher> hash_;
    base::Bytes head_;     // not given out yet
    base::Bytes waiting_;  // content of the record that is not full; never more than one record
    std::int64_t length_ = 0;
};

// What it gives out is authentic and in its place, but only finish() says that it was all: until
// then the content may have been cut off and must not be acted on. The caller wipes what it was
// given.
class StreamOpener {
  public:
    // The pair the stream is sealed to, by its kid. KeyUnknown.
    using FindPair = std::function<base::Result<KeyPair>(std::string_view kid)>;

    StreamOpener(domain::Realm realm, const StreamPlace& place, FindPair find);
    StreamOpener(StreamOpener&&) = default;

    // SealBroken, RealmMismatch, KeyUnknown; nothing may follow a fault.
    base::Result<base::Bytes> append(base::ByteView sealed);
    base::Status finish() const;  // SealBroken: cut off

  private:
    base::Status open_head();
    base::Status open_record(base::ByteView record, base::Bytes& out);
    std::size_t wanted() const;  // bytes of the piece that comes next; 0: nothing may come

    domain::Realm realm_;
    StreamPlace place_;
    FindPair find_;
    const Suite* suite_ = nullptr;  // known with the head
    std::unique_ptr<RecordOpener> records_;
    base::Bytes waiting_;  // sealed bytes of the piece that is not whole
    bool ended_ = false;
};

}  // namespace offline::sealing
