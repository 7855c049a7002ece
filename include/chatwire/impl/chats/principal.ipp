// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHATS_PRINCIPAL_IPP
#define CHATWIRE_IMPL_CHATS_PRINCIPAL_IPP

#include <chatwire/chats/principal.hpp>

namespace chatwire::chats {

CHATWIRE_DECL bool principal::may(std::string_view action, resource_name const& resource) const
{
    if (what == kind::admin)
        return true;
    access const a{action, resource, id, what == kind::user ? "user" : "key"};
    if (what == kind::user)
        return policies && allows(*policies, a);
    return owner && project == resource.project && owner->may(action, resource) && (!policies || allows(*policies, a));
}

CHATWIRE_DECL bool principal::belongs_to(std::string_view where) const
{
    if (what == kind::admin)
        return true;
    if (what == kind::key)
        return project == where;
    return policies && reaches(*policies, where, id, "user");
}

} // namespace chatwire::chats
#endif
